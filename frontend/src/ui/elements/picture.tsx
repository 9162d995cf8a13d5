// A picture out of the plan: its bytes shown from memory, never by an address that others could read.

import { Component, createRef } from "preact";
import type { Photo } from "../../core/value";
import { fromBase64url } from "../../crypto/bytes";

const TYPES = ["image/jpeg", "image/webp", "image/png"];

/** "" where it is no picture: then there is nothing to see, and nothing fails. */
function addressOf(photo: Photo): string {
  try {
    if (!TYPES.includes(photo.type)) return "";
    return URL.createObjectURL(new Blob([fromBase64url(photo.data)], { type: photo.type }));
  } catch {
    return "";
  }
}

/** Its words are read aloud in its place, unless they already stand beside it (`isTold`). */
export class Picture extends Component<{ photo: Photo; isTold?: boolean }> {
  private image = createRef<HTMLImageElement>();
  private address = "";

  override componentDidMount() {
    this.show();
  }

  override componentDidUpdate(former: { photo: Photo }) {
    if (former.photo.data !== this.props.photo.data) this.show();
  }

  override componentWillUnmount() {
    URL.revokeObjectURL(this.address);
  }

  private show() {
    URL.revokeObjectURL(this.address);
    this.address = addressOf(this.props.photo);
    if (this.address) this.image.current!.src = this.address;
    this.image.current!.hidden = !this.address;
  }

  override render({ photo, isTold }: this["props"]) {
    return <img ref={this.image} class="picture" alt={isTold ? "" : photo.words} hidden />;
  }
}
