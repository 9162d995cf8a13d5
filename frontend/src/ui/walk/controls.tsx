// The walk's foot: quiet links, and under them the one way forward at the same place on every step.

import * as machine from "../../core/walk";
import type { Shown } from "../../core/plan";
import { waysOf } from "../../core/value";
import { Button, Link } from "../elements/touch";
import type { Key } from "../elements/words";

export type Move = (walk: machine.Walk) => machine.Walk;
export type Go = (move: Move) => void;

/** What every part of the screen is given. */
export interface At {
  walk: machine.Walk;
  go: Go;
  /** The items of a safer place. */
  safer: Shown[];
}

export function Controls({ walk, go, safer }: At) {
  const step = machine.current(walk);
  const to = (words: Key, move: Move, look = "link") => (
    <Button class={look} words={words} onClick={() => go(move)} />
  );
  const [toBack, toPeople] = [to("walk.back", machine.back), to("walk.to-people", machine.people)];
  const toNeeds = to("needs.link", machine.aside(machine.NEEDS));
  if (walk.aside)
    return (
      <>
        {![machine.ASIDE, machine.NEEDS].includes(walk.aside) && (
          <div class="walk-links">
            {toBack}
            {toPeople}
          </div>
        )}
        {to("walk.return", machine.leaveAside, "button big lamp")}
      </>
    );
  if (step.kind === "lines")
    return (
      <div class="walk-links">
        {toBack}
        {toNeeds}
        {to("walk.again", machine.again)}
        <Link href="/read" words="walk.whole" />
      </div>
    );
  // Beside someone who may not answer the way leads on to whoever is next; elsewhere to people.
  const canReach = step.item !== null && waysOf(step.item.value).length > 0;
  const isLast = machine.current(machine.nextPerson(walk)).kind === "lines";
  const noAnswer = to(isLast ? "walk.no-answer-lines" : "walk.no-answer", machine.nextPerson);
  return (
    <>
      <div class="walk-links">
        {walk.at > 0 ? toBack : <span />}
        {toNeeds}
        {safer.length > 0 ? (
          to("section.environment_safety.walk", machine.aside(machine.ASIDE))
        ) : (
          <span />
        )}
        {canReach ? noAnswer : !step.isPerson && toPeople}
      </div>
      {to("walk.next", machine.next, `button big ${canReach ? "outline" : "lamp"}`)}
    </>
  );
}
