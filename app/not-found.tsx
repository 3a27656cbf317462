import Link from "next/link";

/** No such page: says so and leads home. */
export default function NotFound() {
  return (
    <main className="flex h-dvh flex-col items-center justify-center gap-2 p-6 text-center">
      <h1 className="text-display">There is no such page</h1>
      <p className="text-body text-ink-2">The address is not one of the board's.</p>
      <Link href="/profiles" className="mt-2 text-amber-text underline">
        Go to profiles
      </Link>
    </main>
  );
}
