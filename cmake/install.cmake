# The installed package: a foreign project says find_package(gcp2 REQUIRED) and links gcp2::gcp2.
include(CMakePackageConfigHelpers)

get_property(modules GLOBAL PROPERTY GCP2_MODULES)
list(TRANSFORM modules PREPEND gcp2_)
install(TARGETS ${modules} gcp2_all EXPORT gcp2 FILE_SET HEADERS)
if(TARGET gcp2)
  install(TARGETS gcp2)
  install(TARGETS gcp2_pages gcp2_server gcp2_listener LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/gcp2)
endif()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/schemas/ DESTINATION ${CMAKE_INSTALL_DATADIR}/gcp2/schemas)

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/gcp2)
install(EXPORT gcp2 NAMESPACE gcp2:: FILE gcp2-targets.cmake DESTINATION ${package})
file(CONFIGURE OUTPUT gcp2-config.cmake @ONLY CONTENT [[
include("${CMAKE_CURRENT_LIST_DIR}/dependencies.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/gcp2-targets.cmake")
]])
write_basic_package_version_file(gcp2-config-version.cmake COMPATIBILITY SameMinorVersion)
install(
  FILES
    ${CMAKE_CURRENT_BINARY_DIR}/gcp2-config.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/gcp2-config-version.cmake
    ${PROJECT_SOURCE_DIR}/cmake/dependencies.cmake
  DESTINATION ${package})
