import fc from "fast-check";

// As a cause the error is lost in machine-readable reports, which keep only messages.
fc.configureGlobal({ includeErrorInReport: true });
