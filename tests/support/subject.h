#pragma once

#include <boost/json/object.hpp>
#include <string>

namespace test {

// The stream that an event of this type and data stands in, as the outside form asks.
std::string subject_of(const std::string& type, const boost::json::object& data);

}  // namespace test
