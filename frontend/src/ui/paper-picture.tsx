// A picture of the plan on paper: taken, shown until the plan is typed, taken away for good.

import { eraseItem, putSetting } from "../core/plan-edit";
import { setting, type Plan } from "../core/plan";
import { photoOf, textOf } from "../core/value";
import { change, plan, role } from "../state/plan";
import { parts, photoCount } from "./edit/parts";
import { ChoosePicture } from "./elements/choose-picture";
import { dayInFull, today } from "./elements/days";
import { LargePicture } from "./elements/large-picture";
import { PHOTOS, shrinkPaper } from "./elements/photo";
import { TwoTouch } from "./elements/two-touch";
import { sections, t } from "./elements/words";

const PAPER = "paper";

export const hasPaper = (now: Plan): boolean => photoOf(setting(now, PAPER)?.value ?? {}) !== null;

/** Where there is none yet, the way to take one; where there is one, the picture and what to do. */
export function PaperPicture() {
  const held = setting(plan.value, PAPER);
  const photo = photoOf(held?.value ?? {});
  const isWriter = role.value === "writer";
  return (
    <section class="paper-picture">
      <h2>{t("paper_picture.title")}</h2>
      {photo && held ? (
        <>
          <LargePicture photo={photo} words={t("paper_picture.larger")} />
          <p class="quiet small">
            {t("paper_picture.taken", { day: dayInFull(textOf(held.value, "taken_on")) })}
          </p>
        </>
      ) : (
        <p class="quiet">{t("paper_picture.about")}</p>
      )}
      {isWriter && <Take isAgain={photo !== null} />}
      {isWriter && photo && held && <Remove id={held.id} />}
    </section>
  );
}

function Take({ isAgain }: { isAgain: boolean }) {
  const isFull = !isAgain && photoCount(plan.value, parts(plan.value, sections())) >= PHOTOS;
  if (isFull) return <p class="hint">{t("photo.full")}</p>;
  const take = async (file: File) => {
    const { photo, isClear } = await shrinkPaper(file);
    const fields = { photo, taken_on: today() };
    change((now, author) => putSetting(now, author, PAPER, fields));
    return isClear ? undefined : "paper_picture.faint";
  };
  const words = t(isAgain ? "paper_picture.again" : "paper_picture.take");
  return <ChoosePicture id="paper-picture" words={words} onFile={take} />;
}

const Remove = ({ id }: { id: string }) => (
  <TwoTouch
    first={t("photo.remove")}
    about={t("paper_picture.remove_about")}
    second={t("paper_picture.remove_now")}
    onSecond={() => change((now, author) => eraseItem(now, author, id))}
  />
);
