// When the plan cannot be opened: what happened, what is safe, what to do. Nothing is written over.

import { useState } from "preact/hooks";
import { failure, opening, startAnew } from "../state/plan";
import { Title } from "./elements/title";
import { t } from "./elements/words";
import { place } from "./route";

export function Problem() {
  const isKept = opening.value === "unreadable";
  return (
    <div class="problem">
      <p class="front-name">{t("front.name")}</p>
      <Title page={t("page.front.title")} turn={place.value.turn}>
        {isKept ? t("front.unreadable") : t("front.unavailable")}
      </Title>
      <p>{isKept ? t("front.unreadable_safe") : t("front.unavailable_safe")}</p>
      <p>{isKept ? t("front.unreadable_next") : t("front.unavailable_next")}</p>
      <a class="button lamp big" href="/now">
        {t("front.steps")}
      </a>
      <p class="problem-ways">
        <button type="button" class="button" onClick={() => location.reload()}>
          {t("front.again")}
        </button>
        <a class="button" href="/lines">
          {t("front.lines")}
        </a>
      </p>
      {isKept && <Anew />}
      {failure.value && <p class="quiet small">{t("front.code", { code: failure.value })}</p>}
    </div>
  );
}

/** Two touches; what would not open is kept aside, not deleted. */
function Anew() {
  const [isAsked, ask] = useState(false);
  if (!isAsked)
    return (
      <button type="button" class="link" onClick={() => ask(true)}>
        {t("front.anew")}
      </button>
    );
  return (
    <div class="asked">
      <p>{t("front.anew_about")}</p>
      <button type="button" class="button outline" onClick={() => void startAnew()}>
        {t("front.anew_now")}
      </button>
    </div>
  );
}
