import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";

/** The looks a button may have; also used where a link must look like one. */
export const buttonLook = cva(
  "inline-flex items-center justify-center gap-2 rounded-control whitespace-nowrap font-[550] transition-colors duration-press ease-out select-none disabled:cursor-not-allowed aria-disabled:cursor-not-allowed",
  {
    variants: {
      look: {
        primary:
          "bg-primary text-on-primary shadow-1 enabled:hover:bg-primary-hover disabled:bg-tag-fill disabled:text-ink-3",
        secondary: "border border-line-strong bg-raised text-ink shadow-1 enabled:hover:bg-hover disabled:text-ink-3",
        plain: "text-ink-2 enabled:hover:bg-hover enabled:hover:text-ink disabled:text-ink-3",
        dashed: "border border-dashed border-control-line text-ink-2 enabled:hover:bg-hover enabled:hover:text-ink",
      },
      size: {
        small: "h-6 rounded-chip px-2 text-small coarse:h-10 coarse:px-3",
        medium: "h-[30px] px-3 text-body coarse:h-10",
        icon: "size-6 rounded-chip coarse:size-10",
        iconLarge: "size-[30px] coarse:size-10",
      },
    },
    defaultVariants: { look: "secondary", size: "medium" },
  },
);

type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonLook>;

export function Button({ look, size, className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={`${buttonLook({ look, size })} ${className ?? ""}`} {...rest} />;
}
