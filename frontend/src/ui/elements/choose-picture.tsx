// The button that asks for a picture, and one sentence on how that went.

import { useState } from "preact/hooks";
import { t, type Key } from "./words";

interface Props {
  id: string;
  words: string;
  /** What to say when it is done, if anything; a file that is no picture rejects. */
  onFile(file: File): Promise<Key | void>;
}

export function ChoosePicture({ id, words, onFile }: Props) {
  const [said, say] = useState<Key | "">("");
  const take = async (input: HTMLInputElement) => {
    if (!input.files?.[0]) return;
    say("photo.working");
    const done = await onFile(input.files[0]).catch((): Key => "photo.not_a_picture");
    say(done ?? "");
    input.value = ""; // so that the same file can be chosen again
  };
  return (
    <>
      <label class="button" for={id}>
        {words}
      </label>
      <input
        type="file"
        id={id}
        class="unseen"
        accept="image/*"
        autocomplete="off"
        onChange={(event) => void take(event.currentTarget)}
      />
      <p class="hint" role="status">
        {said && t(said)}
      </p>
    </>
  );
}
