"use client";

import { Check, Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";

const THEMES = [
  { name: "light", label: "Light", icon: Sun },
  { name: "dark", label: "Dark", icon: Moon },
  { name: "system", label: "As the system", icon: Monitor },
] as const;

/** Light, dark, or as the system. */
export function ThemeMenu() {
  const { theme, setTheme } = useTheme();
  return (
    <Menu
      align="start"
      label="Theme"
      trigger={
        <Button look="plain" className="justify-start" aria-label="Theme">
          <Icon of={Sun} size={14} className="dark:hidden" />
          <Icon of={Moon} size={14} className="not-dark:hidden" />
          <span className="max-md:sr-only">Theme</span>
        </Button>
      }
    >
      {THEMES.map(({ name, label, icon }) => (
        <MenuItem
          key={name}
          icon={icon}
          onSelect={() => setTheme(name)}
          hint={theme === name ? <Icon of={Check} size={12} /> : undefined}
        >
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
