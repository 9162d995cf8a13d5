// What cannot be taken back needs two touches: the first says what the second does.

import { useState } from "preact/hooks";
import { Button } from "./touch";
import { t, type Key } from "./words";

/** What was asked for stands above the crisis bar, where it can be read. */
export const intoView = (one: HTMLElement | null): void =>
  one?.scrollIntoView?.({ block: "nearest" });

interface Props extends Record<"first" | "about" | "second", Key> {
  back?: Key;
  onSecond(): void;
}

export function TwoTouch({ first, about, second, back, onSecond }: Props) {
  const [isAsked, ask] = useState(false);
  if (!isAsked) return <Button words={first} onClick={() => ask(true)} />;
  return (
    <div class="asked" ref={intoView}>
      <p tabIndex={-1}>{t(about)}</p>
      <Button class="button outline" words={second} onClick={onSecond} />
      {back && <Button words={back} onClick={() => ask(false)} />}
    </div>
  );
}
