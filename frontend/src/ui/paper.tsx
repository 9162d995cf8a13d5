// A plan that is on paper already: a picture of it until it is typed, and every part on one page to type it.

import { setting } from "../core/plan";
import { eraseItem } from "../core/plan-edit";
import { photoOf, textOf } from "../core/value";
import { change, role } from "../state/plan";
import { hasRoom, parts, PartTitle } from "./edit/parts";
import { SectionLines } from "./edit/section";
import { ChoosePicture } from "./elements/inputs";
import { dayInFull, today } from "./elements/days";
import { LargePicture } from "./elements/picture";
import { shrinkPaper } from "./elements/photo";
import { Follower, SavedWord } from "./elements/saved-word";
import { putInto, settingOf } from "./elements/settings";
import { Link } from "./elements/touch";
import { TwoTouch } from "./elements/step";
import { t } from "./elements/words";
import { Title } from "./title";

const PAPER = "paper";

export const hasPaper = (): boolean => photoOf(settingOf(PAPER)) !== null;

/** Where there is none yet, the way to take one; where there is one, the picture and what to do. */
export function PaperPicture() {
  const held = settingOf(PAPER);
  const photo = photoOf(held);
  const isWriter = role.value === "writer";
  const words = photo ? "paper_picture.again" : "paper_picture.take";
  const day = dayInFull(textOf(held, "taken_on"));
  return (
    <section class="paper-picture">
      <h2>{t("paper_picture.title")}</h2>
      {photo && <LargePicture photo={photo} words={t("paper_picture.larger")} />}
      <p class={photo ? "quiet small" : "quiet"}>
        {photo ? t("paper_picture.taken", { day }) : t("paper_picture.about")}
      </p>
      {isWriter && !photo && !hasRoom() && <p class="hint">{t("photo.full")}</p>}
      {isWriter && (photo || hasRoom()) && (
        <ChoosePicture id="paper-picture" words={t(words)} onFile={take} />
      )}
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

async function take(file: File) {
  const { photo, isClear } = await shrinkPaper(file);
  putInto(PAPER, { photo, taken_on: today() });
  return isClear ? undefined : "paper_picture.faint";
}

const remove = () => change((now, author) => eraseItem(now, author, setting(now, PAPER)?.id ?? ""));

/** Return on a line that is still empty goes on to the next part. */
function toNextLine(event: KeyboardEvent): void {
  const field = event.target as HTMLTextAreaElement;
  if (event.key !== "Enter" || event.isComposing || field.value !== "") return;
  const all = [...document.querySelectorAll<HTMLElement>(".paper textarea")];
  all[all.indexOf(field) + 1]?.focus();
}

export const Paper = () => (
  <div class="edit paper" onKeyDown={toNextLine}>
    <header class="edit-head">
      <Link href="/" words="front.name" />
      <SavedWord />
    </header>
    <Follower />
    <Title page="page.paper.title">{t("paper.title")}</Title>
    <p class="quiet">{t("paper.about")}</p>
    <PaperPicture />
    {parts().map((part) => (
      <section key={part.id}>
        <h2>
          <PartTitle part={part} />
        </h2>
        <SectionLines part={{ ...part, fields: part.fields.filter(({ main }) => main) }} />
      </section>
    ))}
    <footer class="section-foot">
      <Link href="/edit" words="paper.more" />
      <Link class="button lamp" href="/read" words="edit.to_read" />
    </footer>
  </div>
);
