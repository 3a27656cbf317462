import { etcdUnderTest } from "#store/etcd/testing/etcd-under-test.ts";
import { policyStoreContract } from "#store/testing/policy-store-contract.ts";

policyStoreContract("etcd", () => etcdUnderTest());
