import { PageLink } from "#components/ui/page-link.tsx";

/** No such page: says so and leads home. */
export default function NotFound() {
  return (
    <main className="flex h-dvh flex-col items-center justify-center gap-2 p-6 text-center">
      <h1 className="text-display">There is no such page</h1>
      <p className="text-body text-ink-2">The address is not one of the board's.</p>
      <PageLink href="/profiles" className="mt-2 text-amber-text underline">
        Go to profiles
      </PageLink>
    </main>
  );
}
