cmake_minimum_required(VERSION 3.25)

function(run)
  # A sanitizer may have something to say beside what the program says.
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE text ERROR_VARIABLE beside)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\n${text}\n${beside}")
  endif()
  set(said "${text}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK})
set(prefix ${WORK}/prefix)
run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})
foreach(file bin/gcp2 ${LIB}/gcp2/gcp2_pages.so include/gcp2/core.h ${DATA}/gcp2/schemas/instruments/gcp.json)
  if(NOT EXISTS ${prefix}/${file})
    message(FATAL_ERROR "Not installed: ${file}")
  endif()
endforeach()

# The installed program finds the module that makes pages, and without it says so.
set(report ${prefix}/bin/gcp2 report ${prefix}/${DATA}/gcp2/schemas/samples/second.json
  --to pdf --output ${WORK}/report.pdf)
run(${report})
file(READ ${WORK}/report.pdf start LIMIT 5 HEX)
if(NOT start STREQUAL "255044462d")  # %PDF-
  message(FATAL_ERROR "The installed program's report begins with: ${start}")
endif()
file(RENAME ${prefix}/${LIB}/gcp2/gcp2_pages.so ${WORK}/gcp2_pages.so)
execute_process(COMMAND ${report} RESULT_VARIABLE result ERROR_VARIABLE text)
if(NOT result EQUAL 3 OR NOT text MATCHES "gcp2_pages.so")
  message(FATAL_ERROR "Without its module the program ends with ${result} and says: ${text}")
endif()
# What needs no paper is made without it.
execute_process(COMMAND ${prefix}/bin/gcp2 report ${prefix}/${DATA}/gcp2/schemas/samples/second.json
  RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE text)
if(NOT result EQUAL 0 OR NOT text MATCHES "no picture of the family")
  message(FATAL_ERROR "Without its module a report as text ends with ${result} and says: ${text}")
endif()
file(RENAME ${WORK}/gcp2_pages.so ${prefix}/${LIB}/gcp2/gcp2_pages.so)

run(${CMAKE_COMMAND} -S ${CONSUMER} -B ${WORK}/build -G Ninja -DCMAKE_PREFIX_PATH=${prefix}
  -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_FLAGS=${FLAGS}
  -DCMAKE_BUILD_TYPE=Debug)
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${WORK}/build/consumer)
if(NOT said STREQUAL "A2 2 1\n")
  message(FATAL_ERROR "The foreign project says: ${said}")
endif()
run(${WORK}/build/paper)
if(NOT said STREQUAL "%PDF-1.7\n")
  message(FATAL_ERROR "The foreign project's page: ${said}")
endif()
