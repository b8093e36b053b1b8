# data_table_peer.R LEAVES ROUNDS OUT: the roll-up in data.table. Prints the version, then the
# seconds of each round from table to grades; OUT gets the grades.
suppressPackageStartupMessages(library(data.table))

# A grade above 3 takes over; else the most frequent one, of several the worst.
roll_up <- function(table, node) {
  counts <- table[, .(children = .N), by = c("record", node, "grade")]
  setorder(counts, children, grade)
  rolled <- counts[, .(worst = max(grade), frequent = last(grade)), by = c("record", node)]
  rolled[, grade := fifelse(worst > 3L, worst, frequent)]
  rolled[, c("worst", "frequent") := NULL]
  rolled[]
}

grades <- function(leaves) {
  sub_areas <- roll_up(leaves[!is.na(grade)], "sub_area")
  sub_areas[, area := substr(sub_area, 1L, 1L)]
  areas <- roll_up(sub_areas, "area")
  rbind(areas[, .(record, node = area, grade)], sub_areas[, .(record, node = sub_area, grade)])
}

arguments <- commandArgs(trailingOnly = TRUE)
leaves <- fread(arguments[1])
cat(as.character(packageVersion("data.table")), "\n", sep = "")
for (round in seq_len(as.integer(arguments[2]))) {
  start <- proc.time()[["elapsed"]]
  result <- grades(leaves)
  cat(sprintf("%.6f\n", proc.time()[["elapsed"]] - start))
}
setorder(result, record, node)
fwrite(result, arguments[3])
