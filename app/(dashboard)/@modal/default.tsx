/** No dialog over the page. */
export default function NoDialog() {
  return null;
}
