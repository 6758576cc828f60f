// Any bytes as an ODK XForm: loaded, and filled where a form comes of it.
#include <cstddef>
#include <cstdint>

#include "storage/base/check.h"
#include "tests/fuzz/filling.h"

namespace {

using namespace bordereau;
using namespace bordereau::form;

Result<std::string> file_beside(std::string_view name) {
    if (name.ends_with(".csv")) return std::string{"name,label,k\na,A,1\nb,B,2\n"};
    if (name.ends_with(".xml"))
        return std::string{"<root><item><name>a</name><label>A</label></item></root>"};
    return Error{ErrorCode::not_found, "no such file"};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view xml{reinterpret_cast<const char*>(data), size};
    const LoadedForm loaded = load_xform(xml, file_beside);
    check((loaded.form == nullptr) == has_errors(loaded.diagnostics),
          "a form comes out exactly when there is no error");
    if (!loaded.form) return 0;
    Session session = Session::start(loaded.form, fuzz::environment());
    fuzz::fill(session);
    fuzz::check_round_trip(session);
    return 0;
}
