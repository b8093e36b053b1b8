# What the engine stands on. The project and the installed package both read this file, so that a
# foreign project finds the same libraries.

# gcp2_find_library(<target> <header> <name>...): an imported target for a library without a CMake
# package; of the names the first that is found counts.
function(gcp2_find_library target header)
  if(TARGET ${target})
    return()
  endif()
  find_path(GCP2_${target}_INCLUDE ${header} REQUIRED)
  find_library(GCP2_${target}_LIBRARY NAMES ${ARGN} REQUIRED)
  mark_as_advanced(GCP2_${target}_INCLUDE GCP2_${target}_LIBRARY)
  add_library(${target} UNKNOWN IMPORTED)
  set_target_properties(${target} PROPERTIES
    IMPORTED_LOCATION ${GCP2_${target}_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${GCP2_${target}_INCLUDE}
    INTERFACE_LINK_LIBRARIES Threads::Threads)
endfunction()

find_package(Threads REQUIRED)
find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS serialization json)
find_package(fmt 9 CONFIG REQUIRED)
find_package(simdjson 3 CONFIG REQUIRED)
gcp2_find_library(sodium sodium.h libsodium.a sodium)
gcp2_find_library(utf8proc utf8proc.h libutf8proc.a utf8proc)
gcp2_find_library(zxcvbn zxcvbn.h zxcvbn)  # the archive holds no position-independent code
gcp2_find_library(oath liboath/oath.h liboath.a oath)
find_package(SQLite3 3.40 REQUIRED)
find_package(SQLiteCpp 3.2 CONFIG REQUIRED)

# Graphviz, with its layered layout linked in: found then without its configuration file. The plug-in
# lies in a folder of its own, where the loader looks only if it is told to.
gcp2_find_library(graphviz graphviz/gvc.h gvc)
gcp2_find_library(cgraph graphviz/cgraph.h cgraph)
gcp2_find_library(cdt graphviz/cdt.h cdt)
find_library(GCP2_dot_layout_LIBRARY NAMES gvplugin_dot_layout PATH_SUFFIXES graphviz REQUIRED)
mark_as_advanced(GCP2_dot_layout_LIBRARY)
cmake_path(GET GCP2_dot_layout_LIBRARY PARENT_PATH dot_layout_folder)
target_link_libraries(graphviz INTERFACE
  ${GCP2_dot_layout_LIBRARY} cgraph cdt -Wl,-rpath,${dot_layout_folder})

# Pages (gcp2::print). Where glib's headers are, only pkg-config knows; it comes with them.
find_package(PkgConfig REQUIRED)
pkg_check_modules(pangocairo REQUIRED IMPORTED_TARGET "pangocairo>=1.50")
pkg_check_modules(fontconfig REQUIRED IMPORTED_TARGET fontconfig)
pkg_check_modules(cairo_pdf REQUIRED IMPORTED_TARGET "cairo-pdf>=1.16")
pkg_check_modules(qpdf REQUIRED IMPORTED_TARGET "libqpdf>=11")

# PostgreSQL (gcp2::postgres).
pkg_check_modules(pqxx REQUIRED IMPORTED_TARGET "libpqxx>=6.4")
pkg_check_modules(pq REQUIRED IMPORTED_TARGET "libpq>=15")
