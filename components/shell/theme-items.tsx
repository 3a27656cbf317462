import { Check, Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { Icon } from "#components/ui/icon.tsx";
import { MenuItem } from "#components/ui/menu.tsx";

const THEMES = [
  { name: "light", label: "Light", icon: Sun },
  { name: "dark", label: "Dark", icon: Moon },
  { name: "system", label: "As the system", icon: Monitor },
] as const;

/** The themes to choose from; the chosen one has a check. */
export function ThemeItems() {
  const { theme, setTheme } = useTheme();
  return THEMES.map(({ name, label, icon }) => (
    <MenuItem
      key={name}
      icon={icon}
      onSelect={() => setTheme(name)}
      hint={theme === name ? <Icon of={Check} size={12} /> : undefined}
    >
      {label}
    </MenuItem>
  ));
}
