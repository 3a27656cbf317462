import { ImportRoute } from "#components/rule-import/import-route.tsx";

/** The import dialog over the page one came from. */
export default function Page() {
  return <ImportRoute closesTo="where one came from" />;
}
