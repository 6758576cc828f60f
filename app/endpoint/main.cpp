#include <iostream>
#include <type_traits>

#include "app/endpoint/carry_out.h"
#include "app/endpoint/disk.h"
#include "app/endpoint/open_store.h"
#include "storage/endpoint_folder.h"

namespace bordereau::app::endpoint {
namespace {

constexpr int kWorked = 0, kFailed = 1;

template <class Asked>
Status with_store(const Asked& asked, Output& out) {
    constexpr bool makes_one = std::is_same_v<Asked, Serve>;
    const bool is_new = makes_one && !storage::holds_endpoint(asked.data.folder);
    auto store = makes_one ? open_store(asked.data) : open_existing_store(asked.data);
    if (!store) return store.error();
    if (is_new) out.log << words_on_new(asked.data) << '\n';
    return carry_out(asked, *store, out);
}

int run(const Command& command) {
    Output out{std::cout, std::cerr};
    const Status carried = std::visit(
        [&out](const auto& asked) -> Status {
            if constexpr (std::is_same_v<decltype(asked), const Move&>)
                return move_into_store(asked.data);
            else if constexpr (requires { carry_out(asked, out); })
                return carry_out(asked, out);
            else
                return with_store(asked, out);
        },
        command);
    if (carried) return kWorked;
    const Place& place =
        std::visit([](const auto& asked) -> const Place& { return asked.data; }, command);
    std::cerr << "bordereau-endpoint: " << sentence_on(carried.error(), place) << '\n';
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
