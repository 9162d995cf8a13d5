// When the plan cannot be opened: what happened, what is safe, what to do. Nothing is written over.

import { failure, opening, startAnew } from "../state/plan";
import { Button, Link } from "./elements/touch";
import { TwoTouch } from "./elements/step";
import { t } from "./elements/words";
import { Title } from "./title";

export function Problem() {
  const isKept = opening.value === "unreadable";
  return (
    <div class="problem">
      <p class="front-name">{t("front.name")}</p>
      <Title page="page.front.title">{t(isKept ? "front.unreadable" : "front.unavailable")}</Title>
      <p>{t(isKept ? "front.unreadable_safe" : "front.unavailable_safe")}</p>
      <p>{t(isKept ? "front.unreadable_next" : "front.unavailable_next")}</p>
      <Link class="button lamp big" href="/now" words="front.steps" />
      <p class="problem-ways">
        <Button class="button" words="front.again" onClick={() => location.reload()} />
        <Link class="button" href="/lines" words="front.lines" />
      </p>
      {isKept && (
        <TwoTouch
          first="front.anew"
          about="front.anew_about"
          second="front.anew_now"
          onSecond={() => void startAnew()}
        />
      )}
      {failure.value && <p class="quiet small">{t("front.code", { code: failure.value })}</p>}
    </div>
  );
}
