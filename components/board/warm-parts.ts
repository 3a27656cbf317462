/**
 * Reads what the first menu and the first dialog will need, once the page stands: they are not part of the first load,
 * and nobody should wait for them either.
 */
export function warmParts(): void {
  void Promise.all([
    import("#components/ui/menu.tsx"),
    import("#components/profiles/card-impact.tsx"),
    import("#components/drafts/send-draft.ts"),
    import("#components/profiles/card-findings.tsx"),
    import("#components/palette/palette.tsx"),
    import("./bulk/bulk-bar.tsx"),
    import("./board-nothing.tsx"),
    import("#components/rules/rule-menu.tsx"),
    import("#components/rules/drag/drag-marks.tsx"),
    import("#components/profiles/card-menu-items.tsx"),
    import("#components/profiles/dialogs/desk-dialogs.tsx"),
    import("#components/profiles/dialogs/create-profile-dialog.tsx"),
  ]).catch(() => {
    // Away for the moment: they are read when they are needed.
  });
}
