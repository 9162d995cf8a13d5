// What cannot be taken back needs two touches: the first says what the second does.

import { useState } from "preact/hooks";

/** What was asked for stands above the crisis bar, where it can be read. */
export const intoView = (one: HTMLElement | null): void =>
  one?.scrollIntoView?.({ block: "nearest" });

interface Props {
  first: string;
  about: string;
  second: string;
  back?: string;
  onSecond(): void;
}

export function TwoTouch({ first, about, second, back, onSecond }: Props) {
  const [isAsked, ask] = useState(false);
  if (!isAsked)
    return (
      <button type="button" class="link" onClick={() => ask(true)}>
        {first}
      </button>
    );
  return (
    <div class="asked" ref={intoView}>
      <p tabIndex={-1}>{about}</p>
      <button type="button" class="button outline" onClick={onSecond}>
        {second}
      </button>
      {back && (
        <button type="button" class="link" onClick={() => ask(false)}>
          {back}
        </button>
      )}
    </div>
  );
}
