import { Button } from "#components/ui/button.tsx";
import { KeyCap } from "#components/ui/key-cap.tsx";

/** Closes and keeps everything that was read and decided, as Esc does. */
export function KeepButton({ onClose }: { readonly onClose: () => void }) {
  return (
    <Button look="plain" onClick={onClose} className="max-sm:hidden">
      Keep as draft <KeyCap>Esc</KeyCap>
    </Button>
  );
}
