# Breaks each rule of the floors once in a small tree, and sees the check name it.
cmake_minimum_required(VERSION 3.25)

set(table "gcp2_module(core HEADERS core.h SOURCES core/date.cpp)
gcp2_module(scoring HEADERS scoring.h SOURCES scoring/score.cpp USES core)
gcp2_module(json HEADERS json.h SOURCES json/read.cpp USES scoring LINKS simdjson::simdjson)
gcp2_module(archive HEADERS archive.h SOURCES archive/archive.cpp USES core)
")

function(write_tree)
  file(REMOVE_RECURSE ${ROOT})
  set(engine ${ROOT}/engine)
  file(WRITE ${engine}/CMakeLists.txt "${table}gcp2_embed(TARGET gcp2_json NAME a FILE b)\n")
  file(WRITE ${engine}/include/gcp2/core.h "#include <string>\n")
  file(WRITE ${engine}/include/gcp2/scoring.h "#include \"gcp2/core.h\"\n")
  file(WRITE ${engine}/include/gcp2/json.h "#include <gcp2/scoring.h>\n")
  file(WRITE ${engine}/include/gcp2/archive.h "#include \"gcp2/core.h\"\n")
  file(WRITE ${engine}/core/date.cpp "#include \"gcp2/core.h\"\n#include \"core/days.h\"\n")
  file(WRITE ${engine}/core/days.h "#include <chrono>\n")
  file(WRITE ${engine}/scoring/score.cpp "#include \"gcp2/scoring.h\"\n")
  file(WRITE ${engine}/json/read.cpp "#include \"gcp2/core.h\"\n#include <simdjson.h>
#include <fmt/format.h>\n#include \"embedded/a.h\"\n#include <unistd.h>\n")
  file(WRITE ${engine}/archive/archive.cpp "#include <boost/archive/text_oarchive.hpp>
#include <boost/serialization/vector.hpp>\n#include <fmt/format.h>\n")
  file(WRITE ${ROOT}/cli/main.cpp "#include \"gcp2/json.h\"\n#include \"command.h\"\n")
  file(WRITE ${ROOT}/cli/command.h "#include <boost/program_options.hpp>\n")
endfunction()

function(check out)
  execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${ROOT} -P ${SCRIPT}
    RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE text)
  set(${out} ${result} PARENT_SCOPE)
  set(said "${text}" PARENT_SCOPE)
endfunction()

# breaks(<what the check must say> <file> <text to append>)
function(breaks expected file text)
  write_tree()
  file(APPEND ${ROOT}/${file} "${text}")
  check(result)
  if(result EQUAL 0)
    message(SEND_ERROR "Not noticed: ${expected}")
  elseif(NOT said MATCHES "${expected}")
    message(SEND_ERROR "Expected: ${expected}\nSaid: ${said}")
  endif()
endfunction()

write_tree()
check(result)
if(NOT result EQUAL 0)
  message(SEND_ERROR "A sound tree was refused: ${said}")
endif()

breaks("scoring.h: includes gcp2/json.h, but scoring does not use json"
  engine/include/gcp2/scoring.h "#include \"gcp2/json.h\"\n")
breaks("date.cpp: includes gcp2/scoring.h, but core does not use scoring"
  engine/core/date.cpp "  #  include <gcp2/scoring.h>\n")
breaks("archive.cpp: includes gcp2/json.h, but archive does not use json"
  engine/archive/archive.cpp "#include \"gcp2/json.h\"\n")
breaks("score.cpp: includes core/days.h, which is private to core"
  engine/scoring/score.cpp "#include \"core/days.h\"\n")
breaks("main.cpp: includes core/days.h, which is private to core"
  cli/main.cpp "#include \"core/days.h\"\n")
breaks("core.h: includes gcp2/lost.h, which no module lists"
  engine/include/gcp2/core.h "#include \"gcp2/lost.h\"\n")
breaks("report uses interop, which is no line above it"
  engine/CMakeLists.txt "gcp2_module(report USES interop)\ngcp2_module(interop USES core)\n")
breaks("report lists json/read.cpp, which is not in its folder"
  engine/CMakeLists.txt "gcp2_module(report SOURCES json/read.cpp)\n")
breaks("engine/core/new.cpp: not in the floor table" engine/core/new.cpp "int x;\n")
breaks("engine/include/gcp2/new.h: not in the floor table" engine/include/gcp2/new.h "int x;\n")
breaks("engine/util/new.h: not in the floor table" engine/util/new.h "int x;\n")
breaks("simdjson is included in more than one folder: archive and json"
  engine/archive/archive.cpp "#include \"simdjson.h\"\n")
breaks("boost.program_options is included in more than one folder"
  engine/json/read.cpp "#include <boost/program_options/cmdline.hpp>\n")
breaks("core.h: includes boost/optional.hpp, but core stands on the standard library only"
  engine/include/gcp2/core.h "#include <boost/optional.hpp>\n")
breaks("score.cpp: includes unistd.h, but scoring stands on the standard library only"
  engine/scoring/score.cpp "#include <unistd.h>\n")
breaks("score.cpp: includes fstream, but scoring stands apart from files"
  engine/scoring/score.cpp "#include <fstream>\n")
string(REPEAT "// a; line [\n\n" 201 long)
breaks("engine/json/read.cpp: 407 lines, more than 400" engine/json/read.cpp "${long}")
breaks("cli/long.cpp: 402 lines, more than 400" cli/long.cpp "${long}")
