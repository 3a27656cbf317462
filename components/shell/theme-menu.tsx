"use client";

import { Moon, Sun } from "lucide-react";
import { lazy } from "react";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { MenuButton } from "#components/ui/menu-button.tsx";

const ThemeItems = lazy(() => import("./theme-items.tsx").then((module) => ({ default: module.ThemeItems })));

/** Light, dark, or as the system. */
export function ThemeMenu() {
  return (
    <MenuButton
      align="start"
      label="Theme"
      button={(props) => (
        <Button look="plain" className="justify-start" aria-label="Theme" {...props}>
          <Icon of={Sun} size={14} className="dark:hidden" />
          <Icon of={Moon} size={14} className="not-dark:hidden" />
          <span className="max-md:sr-only">Theme</span>
        </Button>
      )}
    >
      {() => <ThemeItems />}
    </MenuButton>
  );
}
