// What cannot be taken back needs two touches: the first says what the second does.

import { useState } from "preact/hooks";

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
    <div class="asked">
      <p>{about}</p>
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
