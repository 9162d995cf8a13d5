// A picture that can be read closely: a touch makes it larger than the screen, another small again.

import type { Photo } from "../../core/value";
import { Picture } from "./picture";

const turn = (button: HTMLElement) =>
  button.setAttribute("aria-pressed", String(button.parentElement!.classList.toggle("larger")));

export const LargePicture = ({ photo, words }: { photo: Photo; words: string }) => (
  <div class="large-picture">
    <button type="button" aria-pressed="false" onClick={(event) => turn(event.currentTarget)}>
      <Picture photo={photo} isTold />
      <span>{words}</span>
    </button>
  </div>
);
