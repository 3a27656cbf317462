/** The skeleton of the columns while the first picture is worked out. */
export function GraphReading() {
  return (
    <div className="grid grow animate-appear-late grid-cols-3 gap-24 bg-sunken p-[22px] max-md:gap-6" aria-busy="true">
      <span className="sr-only">Reading the policy</span>
      {["senders", "tags", "receivers"].map((column) => (
        <div key={column} className="flex flex-col gap-[31px]">
          {[1, 2, 3, 4, 5, 6].map((row) => (
            <div key={row} className="h-[30px] rounded-control bg-raised" />
          ))}
        </div>
      ))}
    </div>
  );
}
