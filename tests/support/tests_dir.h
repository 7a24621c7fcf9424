#pragma once

#include <string>
#include <string_view>

namespace test {

// The path of `below` in the folder of the tests. A function, so that one object alone holds where
// this clone lies, and ccache has all others for any clone.
std::string in_tests(std::string_view below);

}  // namespace test
