// tests/support/memory_endpoints.h - endpoints that share a ledger in memory.
#pragma once

#include <memory>

#include "tests/support/memory_ledger.h"
#include "tests/support/shared_endpoints.h"

namespace bordereau::test {

struct MemoryEndpoints : SharedEndpoints {
    std::shared_ptr<LedgerContent> content = std::make_shared<LedgerContent>();

    Result<std::unique_ptr<storage::Ledger>> connect() const override {
        return std::unique_ptr<storage::Ledger>{std::make_unique<MemoryLedger>(content)};
    }
};

}  // namespace bordereau::test
