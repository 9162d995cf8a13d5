// Coming back to a plan by its code; a device that has one is asked what becomes of both.

import { useState } from "preact/hooks";
import { comeBackByCode, comeBackByName, mergeBoth, stayApart } from "../state/account-changes";
import { Step } from "./elements/step";
import { t } from "./elements/words";
import { go, place } from "./route";
import { Keep } from "./title";

const toFront = (): void => go("/");

export function ComeBack() {
  const [isAsked, ask] = useState(false);
  const arrived = (came: "done" | "asks"): void => (came === "asks" ? ask(true) : toFront());
  const { turn } = place.value;
  if (isAsked)
    return (
      <Keep key="asked" page="page.come_back.title" heading="come_back.two" turn={turn + 1}>
        <Step words="come_back.merge" take={() => mergeBoth().then(toFront)}>
          <p>{t("come_back.merge_about")}</p>
        </Step>
        <Step class="button outline" words="come_back.apart" take={() => stayApart().then(toFront)}>
          <p>{t("come_back.apart_about")}</p>
        </Step>
      </Keep>
    );
  return (
    <Keep page="page.come_back.title" heading="come_back.title">
      <Step
        words="come_back.show"
        fields={[t("backup.code")]}
        take={(code = "") => comeBackByCode(code).then(arrived)}
      >
        <p class="quiet small">{t("come_back.about")}</p>
      </Step>
      <details>
        <summary>{t("come_back.by_name")}</summary>
        <Step
          class="button outline"
          words="come_back.show_named"
          fields={[t("come_back.name"), t("come_back.passphrase")]}
          take={(name = "", passphrase = "") => comeBackByName(name, passphrase).then(arrived)}
        />
      </details>
    </Keep>
  );
}
