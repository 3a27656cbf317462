import type { Page } from "@playwright/test";
import { APP_RULES, walkthrough } from "./sample-estates.ts";

/** The key that journeys of the graph write from outside. */
export const WEB_TAGS = "/calico/v1/policy/profile/WEB/tags";

/** A box of the picture by its id. */
export const node = (page: Page, id: string) => page.locator(`[data-node="${id}"]`);

/** The panel that argues. */
export const panel = (page: Page) => page.getByRole("complementary", { name: "Why" });

/** The lines drawn, by name. */
export const linkIds = (page: Page) =>
  page.locator("[data-link]").evaluateAll((links) => links.map((link) => link.getAttribute("data-link") ?? ""));

/** The walkthrough with APP's rules as imported: WEB lacks the tag that APP asks for. */
export const imported = { ...walkthrough.profiles, APP: { tags: ["APP"], rules: JSON.parse(APP_RULES) } };
