import { buttonLook } from "#components/ui/button.tsx";
import { PageLink } from "#components/ui/page-link.tsx";

/** There is nobody to reach anybody yet. */
export function GraphEmpty() {
  return (
    <div className="flex grow flex-col items-center justify-center gap-2 bg-sunken p-6 text-center">
      <h2 className="text-title">No profiles yet</h2>
      <p className="max-w-[400px] text-ink-2">
        The graph draws who holds a tag, who admits it, and who can reach whom because of it. It begins with the first
        profile.
      </p>
      <PageLink href="/profiles" className={`${buttonLook({ look: "secondary" })} mt-2`}>
        Go to the profiles
      </PageLink>
    </div>
  );
}
