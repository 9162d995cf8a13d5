// A picture of the plan on paper: taken, shown until the plan is typed, taken away for good.

import { setting } from "../core/plan";
import { eraseItem } from "../core/plan-edit";
import { photoOf, textOf } from "../core/value";
import { change, role } from "../state/plan";
import { hasRoom } from "./edit/parts";
import { ChoosePicture } from "./elements/inputs";
import { dayInFull, today } from "./elements/days";
import { LargePicture } from "./elements/picture";
import { shrinkPaper } from "./elements/photo";
import { putInto, settingOf } from "./elements/settings";
import { TwoTouch } from "./elements/step";
import { t } from "./elements/words";

const PAPER = "paper";

export const hasPaper = (): boolean => photoOf(settingOf(PAPER)) !== null;

/** Where there is none yet, the way to take one; where there is one, the picture and what to do. */
export function PaperPicture() {
  const held = settingOf(PAPER);
  const photo = photoOf(held);
  const isWriter = role.value === "writer";
  const day = dayInFull(textOf(held, "taken_on"));
  return (
    <section class="paper-picture">
      <h2>{t("paper_picture.title")}</h2>
      {photo && <LargePicture photo={photo} words={t("paper_picture.larger")} />}
      <p class={photo ? "quiet small" : "quiet"}>
        {photo ? t("paper_picture.taken", { day }) : t("paper_picture.about")}
      </p>
      {isWriter && <Take isAgain={photo !== null} />}
      {isWriter && photo && (
        <TwoTouch
          first="photo.remove"
          about="paper_picture.remove_about"
          second="paper_picture.remove_now"
          onSecond={remove}
        />
      )}
    </section>
  );
}

function Take({ isAgain }: { isAgain: boolean }) {
  if (!isAgain && !hasRoom()) return <p class="hint">{t("photo.full")}</p>;
  const take = async (file: File) => {
    const { photo, isClear } = await shrinkPaper(file);
    putInto(PAPER, { photo, taken_on: today() });
    return isClear ? undefined : "paper_picture.faint";
  };
  const words = t(isAgain ? "paper_picture.again" : "paper_picture.take");
  return <ChoosePicture id="paper-picture" words={words} onFile={take} />;
}

const remove = () => change((now, author) => eraseItem(now, author, setting(now, PAPER)?.id ?? ""));
