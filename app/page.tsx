import { redirect } from "next/navigation";

/** The board is the home. */
export default function HomePage(): never {
  redirect("/profiles");
}
