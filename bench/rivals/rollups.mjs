// The eleven rollups that all rivals build: rows, and sum, count, least and greatest of both prices, for each type and what else is named.
// Four of them are made of the events, the others of those four.
export const maximal = {
  minute_type: ["minute", "type"],
  hour_country_type: ["hour", "country", "type"],
  day_advertiser_type: ["day", "advertiser_id", "type"],
  day_publisher_country_type: ["day", "publisher_id", "country", "type"],
};
export const folded = {
  hour_type: ["hour_country_type", ["hour", "type"]],
  advertiser_type: ["day_advertiser_type", ["advertiser_id", "type"]],
  publisher_type: ["day_publisher_country_type", ["publisher_id", "type"]],
  day_country_type: ["day_publisher_country_type", ["day", "country", "type"]],
  country_type: ["day_country_type", ["country", "type"]],
  day_type: ["day_country_type", ["day", "type"]],
  week_type: ["day_type", ["week", "type"]],
};
export const prices = ["bid_price", "total_price"];

// The columns of the files, and which of them are needed.
export const columns = [
  ["ts", "BIGINT"], ["type", "VARCHAR"], ["auction_id", "VARCHAR"], ["advertiser_id", "INTEGER"], ["publisher_id", "INTEGER"],
  ["bid_price", "DOUBLE"], ["user_id", "BIGINT"], ["total_price", "DOUBLE"], ["country", "VARCHAR"],
];

// usage: node rollups-<rival>.mjs <glob of the events> <folder for the results> [threads] [plan]
export function readArguments() {
  const [glob, folder, threads, plan] = process.argv.slice(2);
  if (!glob || !folder) {
    console.error("usage: node rollups-<rival>.mjs <glob> <folder> [threads] [plan]");
    process.exit(2);
  }
  return { glob, folder, threads: Number(threads ?? 2), plan };
}
