// A plan that is on paper already, copied line by line: every part on one page, and nothing beside it.

import { plan } from "../state/plan";
import { PartTitle } from "./edit/part-title";
import { parts, type Part } from "./edit/parts";
import { SectionLines } from "./edit/section";
import { Follower } from "./elements/follower";
import { SavedWord } from "./elements/saved-word";
import { Title } from "./elements/title";
import { sections, t } from "./elements/words";
import { PaperPicture } from "./paper-picture";
import { place } from "./route";

/** Return on a line that is still empty goes on to the next part. */
function toNextLine(event: KeyboardEvent): void {
  const field = event.target as HTMLTextAreaElement;
  if (event.key !== "Enter" || event.isComposing || field.value !== "") return;
  const all = [...document.querySelectorAll<HTMLElement>(".paper textarea")];
  all[all.indexOf(field) + 1]?.focus();
}

export function Paper() {
  return (
    <div class="edit paper" onKeyDown={toNextLine}>
      <header class="edit-head">
        <a class="link" href="/">
          {t("front.name")}
        </a>
        <SavedWord />
      </header>
      <Follower />
      <Title page={t("page.paper.title")} turn={place.value.turn}>
        {t("paper.title")}
      </Title>
      <p class="quiet">{t("paper.about")}</p>
      <PaperPicture />
      {parts(plan.value, sections()).map((part) => (
        <section key={part.id}>
          <h2>
            <PartTitle part={part} />
          </h2>
          <SectionLines part={withoutDetails(part)} ideas="none" />
        </section>
      ))}
      <footer class="section-foot">
        <a class="link" href="/edit">
          {t("paper.more")}
        </a>
        <a class="button lamp" href="/read">
          {t("edit.to_read")}
        </a>
      </footer>
    </div>
  );
}

const withoutDetails = (part: Part): Part => ({
  ...part,
  fields: part.fields.filter(({ main }) => main),
});
