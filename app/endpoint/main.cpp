#include <iostream>

#include "app/endpoint/carry_out.h"
#include "app/endpoint/open_store.h"

namespace bordereau::app::endpoint {
namespace {

constexpr int kWorked = 0, kFailed = 1;

int run(const Command& command) {
    Output out{std::cout, std::cerr};
    const Status carried = std::visit(
        [&out](const auto& asked) -> Status {
            auto store = open_store(asked.data);
            if (!store) return store.error();
            return carry_out(asked, *store, out);
        },
        command);
    if (carried) return kWorked;
    std::cerr << "bordereau-endpoint: " << carried.error().detail << '\n';
    return kFailed;
}

}  // namespace
}  // namespace bordereau::app::endpoint

int main(int argc, char** argv) {
    namespace endpoint = bordereau::app::endpoint;
    const auto parsed = endpoint::parse_options(argc, argv);
    if (const int* code = std::get_if<int>(&parsed)) return *code;
    return endpoint::run(std::get<endpoint::Command>(parsed));
}
