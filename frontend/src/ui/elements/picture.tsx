// A picture out of the plan: its bytes shown from memory, never by an address that others could read.

import { Component } from "preact";
import type { Photo } from "../../core/value";
import { fromBase64url } from "../../crypto/bytes";

const TYPES = ["image/jpeg", "image/webp", "image/png"];

/** "" where it is no picture: then there is nothing to see, and nothing fails. */
function addressOf({ type, data }: Photo): string {
  try {
    return TYPES.includes(type)
      ? URL.createObjectURL(new Blob([fromBase64url(data)], { type }))
      : "";
  } catch {
    return "";
  }
}

/** Its words are read aloud in its place, unless they already stand beside it (`isTold`). */
export class Picture extends Component<{ photo: Photo; isTold?: boolean }> {
  private data = "";
  private address = "";

  override componentWillUnmount() {
    URL.revokeObjectURL(this.address);
  }

  override render({ photo, isTold }: this["props"]) {
    if (photo.data !== this.data) {
      URL.revokeObjectURL(this.address);
      this.address = addressOf(photo);
      this.data = photo.data;
    }
    return (
      this.address && <img class="picture" src={this.address} alt={isTold ? "" : photo.words} />
    );
  }
}

const turn = (button: HTMLElement) =>
  button.setAttribute("aria-pressed", String(button.parentElement!.classList.toggle("larger")));

/** One that can be read closely: a touch makes it larger than the screen, another small again. */
export const LargePicture = ({ photo, words }: { photo: Photo; words: string }) => (
  <div class="large-picture">
    <button type="button" aria-pressed="false" onClick={(event) => turn(event.currentTarget)}>
      <Picture photo={photo} isTold />
      <span>{words}</span>
    </button>
  </div>
);
