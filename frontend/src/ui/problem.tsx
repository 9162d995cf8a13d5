// When the plan cannot be opened: what happened, what is safe, what to do. Nothing is written over.

import { failure, opening, startAnew } from "../state/plan";
import { Title } from "./elements/title";
import { TwoTouch } from "./elements/two-touch";
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
      {isKept && (
        <TwoTouch
          first={t("front.anew")}
          about={t("front.anew_about")}
          second={t("front.anew_now")}
          onSecond={() => void startAnew()}
        />
      )}
      {failure.value && <p class="quiet small">{t("front.code", { code: failure.value })}</p>}
    </div>
  );
}
