// The walk's foot: quiet links, and under them the one way forward at the same place on every step.

import {
  ASIDE,
  aside,
  back,
  current,
  isSomeone,
  leaveAside,
  NEEDS,
  next,
  nextPerson,
  people,
  again,
  type Walk,
} from "../../core/walk";
import { waysOf } from "../../core/value";
import { Button, Link } from "../elements/touch";

type Go = (move: (walk: Walk) => Walk) => void;

interface Props {
  walk: Walk;
  go: Go;
  hasAside: boolean;
}

/** Beside someone who may not answer the way leads on to whoever is next; elsewhere to people. */
function ToPeople({ walk, go }: { walk: Walk; go: Go }) {
  const step = current(walk);
  if (step.item && waysOf(step.item.value).length > 0) {
    const isLast = current(nextPerson(walk)).kind === "lines";
    const words = isLast ? "walk.no-answer-lines" : "walk.no-answer";
    return <Button words={words} onClick={() => go(nextPerson)} />;
  }
  return isSomeone(step) ? null : <Button words="walk.to-people" onClick={() => go(people)} />;
}

/** Beside one need the way leads back to all of them, or on to people. */
function AsideFoot({ walk, go }: { walk: Walk; go: Go }) {
  return (
    <>
      {![ASIDE, NEEDS].includes(walk.aside!) && (
        <div class="walk-links">
          <Button words="walk.back" onClick={() => go(back)} />
          <Button words="walk.to-people" onClick={() => go(people)} />
        </div>
      )}
      <Button class="button big lamp" words="walk.return" onClick={() => go(leaveAside)} />
    </>
  );
}

function LastFoot({ go }: { go: Go }) {
  return (
    <div class="walk-links">
      <Button words="walk.back" onClick={() => go(back)} />
      <Button words="needs.link" onClick={() => go(aside(NEEDS))} />
      <Button words="walk.again" onClick={() => go(again)} />
      <Link href="/read" words="walk.whole" />
    </div>
  );
}

export function Controls({ walk, go, hasAside }: Props) {
  if (walk.aside) return <AsideFoot walk={walk} go={go} />;
  if (current(walk).kind === "lines") return <LastFoot go={go} />;
  const step = current(walk);
  const isQuiet = step.item !== null && waysOf(step.item.value).length > 0;
  return (
    <>
      <div class="walk-links">
        {walk.at > 0 ? <Button words="walk.back" onClick={() => go(back)} /> : <span />}
        <Button words="needs.link" onClick={() => go(aside(NEEDS))} />
        {hasAside ? (
          <Button words="section.environment_safety.walk" onClick={() => go(aside(ASIDE))} />
        ) : (
          <span />
        )}
        <ToPeople walk={walk} go={go} />
      </div>
      <Button
        class={isQuiet ? "button big outline" : "button big lamp"}
        words="walk.next"
        onClick={() => go(next)}
      />
    </>
  );
}
