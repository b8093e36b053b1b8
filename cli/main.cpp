#include "command.h"

int main(int argc, char** argv) { return gcp2::cli::run({argv + 1, argv + argc}); }
