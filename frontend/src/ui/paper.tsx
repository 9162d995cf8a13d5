// A plan that is on paper already, copied line by line: every part on one page, and nothing beside it.

import { parts, PartTitle, type Part } from "./edit/parts";
import { SectionLines } from "./edit/section";
import { Follower } from "./elements/follower";
import { SavedWord } from "./elements/saved-word";
import { Link } from "./elements/touch";
import { t } from "./elements/words";
import { PaperPicture } from "./paper-picture";
import { Title } from "./title";

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
        <SectionLines part={withoutDetails(part)} />
      </section>
    ))}
    <footer class="section-foot">
      <Link href="/edit" words="paper.more" />
      <Link class="button lamp" href="/read" words="edit.to_read" />
    </footer>
  </div>
);

const withoutDetails = (part: Part): Part => ({
  ...part,
  fields: part.fields.filter(({ main }) => main),
});
