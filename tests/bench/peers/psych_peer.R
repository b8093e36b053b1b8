# psych_peer.R ROUNDS TIMES: quadratic weighted kappa with its error in psych. Prints the version and
# kappa, then the seconds of each round for so many times.
suppressMessages(library(psych))
given <- as.integer(commandArgs(trailingOnly = TRUE))
state <- 1
following <- function() {
  # The table of agreement_bench.cpp. Doubles hold these products exactly in two parts.
  low <- (state %% 65536) * 1664525
  high <- ((state %/% 65536) * 1664525) %% 65536
  state <<- (low + high * 65536 + 1013904223) %% 4294967296
  state %/% 65536
}
table <- matrix(NA, 50, 2)
for (subject in 1:50) {
  seen <- following() %% 5 + 1
  for (rater in 1:2) {
    chance <- following() %% 16
    grade <- seen + if (chance < 3) 1 else if (chance < 6) -1 else 0
    if (chance != 15) table[subject, rater] <- min(5, max(1, grade))
  }
}
kappa <- function() suppressWarnings(cohen.kappa(table, levels = 1:5))
cat(as.character(packageVersion("psych")), format(kappa()$weighted.kappa, digits = 12), "\n")
for (round in seq_len(given[1])) {
  started <- proc.time()[["elapsed"]]
  for (i in seq_len(given[2])) kappa()
  cat(proc.time()[["elapsed"]] - started, "\n")
}
