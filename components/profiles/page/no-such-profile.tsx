import { PageFrame } from "#components/shell/page-frame.tsx";
import { buttonLook } from "#components/ui/button.tsx";
import { PageLink } from "#components/ui/page-link.tsx";

/** The address names a profile that is not there. */
export function NoSuchProfile({ name, reason }: { readonly name: string; readonly reason: string }) {
  return (
    <PageFrame title="No such profile">
      <div className="flex grow flex-col items-center justify-center gap-2 p-6 text-center">
        <h2 className="text-verdict">There is no profile {name}</h2>
        <p className="max-w-md break-words text-ink-2">{reason}</p>
        <PageLink href="/profiles" className={`${buttonLook({ look: "secondary" })} mt-2`}>
          All profiles
        </PageLink>
      </div>
    </PageFrame>
  );
}
