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
import { t } from "../elements/words";

type Go = (move: (walk: Walk) => Walk) => void;

interface Props {
  walk: Walk;
  go: Go;
  hasAside: boolean;
}

function Link({ words, onClick }: { words: string; onClick: () => void }) {
  return (
    <button type="button" class="link" onClick={onClick}>
      {words}
    </button>
  );
}

/** Beside someone who may not answer the way leads on to whoever is next; elsewhere to people. */
function ToPeople({ walk, go }: { walk: Walk; go: Go }) {
  const step = current(walk);
  if (step.item && waysOf(step.item.value).length > 0) {
    const isLast = current(nextPerson(walk)).kind === "lines";
    const words = t(isLast ? "walk.no-answer-lines" : "walk.no-answer");
    return <Link words={words} onClick={() => go(nextPerson)} />;
  }
  return isSomeone(step) ? null : <Link words={t("walk.to-people")} onClick={() => go(people)} />;
}

/** Beside one need the way leads back to all of them, or on to people. */
function AsideFoot({ walk, go }: { walk: Walk; go: Go }) {
  return (
    <>
      {![ASIDE, NEEDS].includes(walk.aside!) && (
        <div class="walk-links">
          <Link words={t("walk.back")} onClick={() => go(back)} />
          <Link words={t("walk.to-people")} onClick={() => go(people)} />
        </div>
      )}
      <button type="button" class="button big lamp" onClick={() => go(leaveAside)}>
        {t("walk.return")}
      </button>
    </>
  );
}

function LastFoot({ go }: { go: Go }) {
  return (
    <div class="walk-links">
      <Link words={t("walk.back")} onClick={() => go(back)} />
      <Link words={t("needs.link")} onClick={() => go(aside(NEEDS))} />
      <Link words={t("walk.again")} onClick={() => go(again)} />
      <a class="link" href="/read">
        {t("walk.whole")}
      </a>
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
        {walk.at > 0 ? <Link words={t("walk.back")} onClick={() => go(back)} /> : <span />}
        <Link words={t("needs.link")} onClick={() => go(aside(NEEDS))} />
        {hasAside ? (
          <Link words={t("section.environment_safety.walk")} onClick={() => go(aside(ASIDE))} />
        ) : (
          <span />
        )}
        <ToPeople walk={walk} go={go} />
      </div>
      <button
        type="button"
        class={isQuiet ? "button big outline" : "button big lamp"}
        onClick={() => go(next)}
      >
        {t("walk.next")}
      </button>
    </>
  );
}
