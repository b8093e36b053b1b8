# Holds every include of engine/ to the floor table: cmake -DROOT=<project> -P cmake/floors.cmake
# Here gcp2_module() only remembers, so that the table is read as it stands.
cmake_minimum_required(VERSION 3.25)

set(max_lines 400)
# Model and judgement: the standard library only, and of it neither files, clocks nor chance.
set(pure core instrument assessment validation scoring indication comparison agreement training)
set(pure_exceptions agreement:boost.math)
set(impure_headers filesystem fstream iostream print random ctime)
# Libraries that more than one folder may include, and where.
set(shared_libraries
  fmt:json fmt:archive fmt:store fmt:language fmt:view fmt:report fmt:drawing fmt:print fmt:interop fmt:cli
  kainjow:view kainjow:cli utf8proc:view utf8proc:setting boost.system:store boost.system:interop boost.system:cli)

string(JOIN "|" standard_headers
  algorithm any array atomic barrier bit bitset charconv chrono codecvt compare complex concepts
  condition_variable coroutine deque exception execution filesystem format forward_list fstream
  functional future initializer_list iomanip ios iosfwd iostream istream iterator latch limits list
  locale map memory memory_resource mutex new numbers numeric optional ostream queue random ranges
  ratio regex scoped_allocator semaphore set shared_mutex source_location span sstream stack
  stdexcept stop_token streambuf string string_view strstream syncstream system_error thread tuple
  type_traits typeindex typeinfo unordered_map unordered_set utility valarray variant vector version
  cassert cctype cerrno cfenv cfloat cinttypes climits clocale cmath csetjmp csignal cstdarg cstddef
  cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype)

set(problems "")
macro(problem)
  string(CONCAT text ${ARGN})
  list(APPEND problems "${text}")
endmacro()

# --- The table ---------------------------------------------------------------------------------
set(modules "")
set(listed_files "")
macro(gcp2_module name)
  cmake_parse_arguments(M "APART" "" "HEADERS;SOURCES;USES;LINKS" ${ARGN})
  set(reach_${name} ${name})
  foreach(use IN LISTS M_USES)
    if(NOT use IN_LIST modules)
      problem("engine/CMakeLists.txt: ${name} uses ${use}, which is no line above it")
    endif()
    list(APPEND reach_${name} ${reach_${use}})
  endforeach()
  foreach(header IN LISTS M_HEADERS)
    set(owner_of_${header} ${name})
    list(APPEND listed_files include/gcp2/${header})
  endforeach()
  foreach(source IN LISTS M_SOURCES)
    if(NOT source MATCHES "^${name}/")
      problem("engine/CMakeLists.txt: ${name} lists ${source}, which is not in its folder")
    endif()
    list(APPEND listed_files ${source})
  endforeach()
  list(APPEND modules ${name})
endmacro()
# What else the table may say has no bearing on floors.
foreach(command gcp2_embed gcp2_phrases target_compile_definitions target_compile_options target_link_libraries
    set_source_files_properties)
  cmake_language(EVAL CODE "macro(${command})\nendmacro()")
endforeach()
include(${ROOT}/engine/CMakeLists.txt)

# --- The files ---------------------------------------------------------------------------------
# The heavy library that an include belongs to; empty for a header of the system.
function(library_of include out)
  set(library "")
  if(include MATCHES "^boost/(archive|serialization)/")
    set(library boost.serialization)
  elseif(include MATCHES "^boost/([a-z0-9_]+)")
    set(library boost.${CMAKE_MATCH_1})
  elseif(include MATCHES "^(histedit|editline/|readline/)")
    set(library line_editor)
  elseif(include MATCHES "^(sqlite3|SQLiteCpp)")
    set(library sqlite)
  elseif(include MATCHES "^(hb|fribidi|fontconfig|ft2build|cairo|pango|glib|qpdf|pqxx|openssl|graphviz|simdjson|sodium|fmt|mustache|kainjow|gvc|curses|ncurses|libxml|zip|zlib|utf8proc|zxcvbn|liboath|qrencode)")
    set(library ${CMAKE_MATCH_1})
  endif()
  set(${out} "${library}" PARENT_SCOPE)
endfunction()

# Judges one ${include} of ${file}, which is of ${module}.
macro(check_include)
  set(place "${file}: includes ${include}, ")
  get_filename_component(folder ${file} DIRECTORY)
  string(REGEX MATCH "^[^/]*" first ${include})
  if(include MATCHES "^gcp2/(.+)$")
    set(owner "${owner_of_${CMAKE_MATCH_1}}")
    if(NOT owner)
      problem("${place}which no module lists")
    elseif(NOT module STREQUAL cli AND NOT owner IN_LIST reach_${module})
      problem("${place}but ${module} does not use ${owner}")
    endif()
  elseif((module STREQUAL cli AND EXISTS ${ROOT}/cli/${include}) OR EXISTS ${ROOT}/${folder}/${include}
      OR first STREQUAL embedded)
    # Its own.
  elseif(first IN_LIST modules AND NOT first STREQUAL include)
    if(NOT first STREQUAL module)
      problem("${place}which is private to ${first}")
    endif()
  elseif(include MATCHES "^(${standard_headers})$")
    if(module IN_LIST pure AND include IN_LIST impure_headers)
      problem("${place}but ${module} stands apart from files, clocks and chance")
    endif()
  else()
    library_of(${include} library)
    if(module IN_LIST pure AND NOT "${module}:${library}" IN_LIST pure_exceptions)
      problem("${place}but ${module} stands on the standard library only")
    elseif(library AND NOT "${library}:${module}" IN_LIST shared_libraries)
      list(APPEND libraries ${library})
      list(APPEND homes_of_${library} ${module})
    endif()
  endif()
endmacro()

function(count_lines file out)
  file(READ ${file} text)
  string(REGEX REPLACE "[^\n]+" "" text "${text}")
  string(LENGTH "${text}" lines)
  set(${out} ${lines} PARENT_SCOPE)
endfunction()

set(libraries "")
file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/engine/*.cpp ${ROOT}/engine/*.h
  ${ROOT}/cli/*.cpp ${ROOT}/cli/*.h)
list(FILTER files EXCLUDE REGEX "/node_modules/")
list(LENGTH files number)
foreach(file IN LISTS files)
  count_lines(${ROOT}/${file} lines)
  if(lines GREATER max_lines)
    problem("${file}: ${lines} lines, more than ${max_lines}")
  endif()
endforeach()

foreach(file IN LISTS files)
  if(file MATCHES "^engine/(.+)$")
    set(in_engine ${CMAKE_MATCH_1})
    if(in_engine MATCHES "^include/gcp2/(.+)$")
      set(module "${owner_of_${CMAKE_MATCH_1}}")
    else()
      string(REGEX MATCH "^[^/]*" module ${in_engine})
    endif()
    if(NOT module IN_LIST modules
        OR (NOT in_engine IN_LIST listed_files AND in_engine MATCHES "^include/|cpp$"))
      problem("${file}: not in the floor table")
      continue()
    endif()
  else()
    set(module cli)
  endif()
  file(STRINGS ${ROOT}/${file} lines REGEX "^[ \t]*#[ \t]*include[ \t]*[<\"]")
  foreach(line IN LISTS lines)
    if(line MATCHES "include[ \t]*[<\"]([^>\"]+)[>\"]")
      set(include ${CMAKE_MATCH_1})
      check_include()
    endif()
  endforeach()
endforeach()

list(REMOVE_DUPLICATES libraries)
foreach(library IN LISTS libraries)
  list(REMOVE_DUPLICATES homes_of_${library})
  list(LENGTH homes_of_${library} homes)
  if(homes GREATER 1)
    list(JOIN homes_of_${library} " and " text)
    problem("${library} is included in more than one folder: ${text}")
  endif()
endforeach()

if(problems)
  list(JOIN problems "\n" text)
  message("${text}")
  message(FATAL_ERROR "The floors do not hold")
endif()
message(STATUS "The floors hold: ${number} files")
